e = "file"
