import { startLocalAws } from './local-aws.ts';

const aws = await startLocalAws({ port: Number(process.env['PORT'] ?? 0), moto: 'when-installed' });
const { alice, accounts, endpoint, region } = aws;

console.log(`A local AWS at ${endpoint}${aws.moto ? '' : ' (without moto_server, which is not installed, only STS, IAM, S3 and what CloudTrail saw)'}

Point the aws CLI, Terraform or STS Tray at it:
  export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}
  export AWS_ACCESS_KEY_ID=${alice.accessKeyId} AWS_SECRET_ACCESS_KEY=${alice.secretAccessKey}

Account A  ${accounts.a.accountId} (${accounts.a.alias}), user ${alice.userName}, MFA ${alice.mfaSerial}
Account B  ${accounts.b.accountId}, ${accounts.b.deployRoleArn}
           ${accounts.b.partnerRoleArn} with the external ID ${accounts.b.partnerExternalId}
Account C  ${accounts.c.accountId}, ${accounts.c.deployRoleArn}
           ${accounts.c.auditRoleArn}, from a role of account B

For an authenticator app: ${alice.totpUri}
`);

const showCode = () => {
  console.log(`MFA code ${alice.totpCode()}`);
  timer = setTimeout(showCode, 30_000 - (Date.now() % 30_000));
};
let timer: NodeJS.Timeout | undefined;
showCode();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clearTimeout(timer);
    void aws.close();
  });
}
