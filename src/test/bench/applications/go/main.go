package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "go %d\n", os.Getuid())
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
