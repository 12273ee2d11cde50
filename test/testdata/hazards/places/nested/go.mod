module example.com/places/nested

go 1.22
