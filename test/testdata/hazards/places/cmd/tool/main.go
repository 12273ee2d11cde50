// Command tool is tested like any other package.
package main

import "fmt"

func main() { fmt.Println(area(2, 3)) }

func area(a, b int) int { return a * b }
