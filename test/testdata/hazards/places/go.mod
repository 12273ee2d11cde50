module example.com/places

go 1.24

require example.org/dep v1.0.0

replace example.org/dep => ./dep
