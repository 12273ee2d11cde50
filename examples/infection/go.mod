module example.com/infection

go 1.24
