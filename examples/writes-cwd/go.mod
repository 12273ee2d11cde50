module example.com/writes-cwd

go 1.24
