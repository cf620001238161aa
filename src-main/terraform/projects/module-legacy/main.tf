module "network" {
  source     = "./modules/network"
  account_id = "222222222222"
}
