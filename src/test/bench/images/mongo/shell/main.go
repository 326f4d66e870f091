// Command mongo runs database commands as the MongoDB shell of that name does, for health checks and probes:
//
//	mongo [--quiet] [--norc] [--host H] [--port P] [-u USER] [-p PASSWORD] [--authenticationDatabase DB]
//	      [--eval CODE] [ADDRESS | DB]
//
// CODE, or else each line of the input, is db.runCommand(X) or db.adminCommand(X), where X is a name in quotes or a
// document. ".ok", "|| quit(N)" and "quit(… ? N : M)" around it work; there is no JavaScript beyond that.
// It exits 1 when it cannot connect or the command fails, and 2 for what it does not understand.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

var (
	ternary = regexp.MustCompile(`^quit\((.*)\?\s*(\d+)\s*:\s*(\d+)\s*\)$`)
	orQuit  = regexp.MustCompile(`^(.*\))(\.ok)?\s*\|\|\s*quit\((\d+)\)$`)
	call    = regexp.MustCompile(`^db(?:\.getSiblingDB\(['"](\w+)['"]\))?\.(runCommand|adminCommand)\(\s*(.*?)\s*\)(\.ok)?$`)
	bareKey = regexp.MustCompile(`([{,]\s*)([A-Za-z_$][\w$]*)(\s*:)`)
)

func main() {
	host, port, database := "127.0.0.1", "27017", "test"
	var address, user, password, source, code string
	evaluate := false
	arguments := os.Args[1:]
	for i := 0; i < len(arguments); i++ {
		name, value, joined := strings.Cut(arguments[i], "=")
		take := func() string {
			if !joined {
				i++
				if i >= len(arguments) {
					fail(2, name+" needs a value")
				}
				value = arguments[i]
			}
			return value
		}
		switch name {
		case "--quiet", "--norc":
		case "--host":
			host = take()
		case "--port":
			port = take()
		case "-u", "--username":
			user = take()
		case "-p", "--password":
			password = take()
		case "--authenticationDatabase":
			source = take()
		case "--eval":
			code, evaluate = take(), true
		default:
			word := arguments[i]
			switch {
			case strings.HasPrefix(word, "mongodb://"):
				address = word
			case strings.HasPrefix(word, "-"):
				fail(2, "does not know "+word)
			case strings.ContainsAny(word, ":/"):
				place, db, _ := strings.Cut(word, "/")
				host, port, _ = strings.Cut(place+":27017", ":")
				port, _, _ = strings.Cut(port, ":")
				if db != "" {
					database = db
				}
			default:
				database = word
			}
		}
	}

	settings := options.Client().SetServerSelectionTimeout(5 * time.Second).SetDirect(true)
	if address != "" {
		settings.ApplyURI(address)
	} else {
		settings.ApplyURI("mongodb://" + host + ":" + port)
	}
	if user != "" {
		if source == "" {
			source = database
		}
		settings.SetAuth(options.Credential{Username: user, Password: password, AuthSource: source})
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	client, err := mongo.Connect(ctx, settings)
	if err != nil {
		fail(1, err.Error())
	}

	if evaluate {
		run(ctx, client, database, code)
		return
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) != "" {
			run(ctx, client, database, lines.Text())
		}
	}
}

// run executes one line of code and prints its result; it ends the program where the code asks for that.
func run(ctx context.Context, client *mongo.Client, database, code string) {
	code = strings.TrimSuffix(strings.TrimSpace(code), ";")
	good, bad, ends := 0, 1, false
	if m := ternary.FindStringSubmatch(code); m != nil {
		code = strings.TrimSpace(m[1])
		good, bad, ends = number(m[2]), number(m[3]), true
	} else if m := orQuit.FindStringSubmatch(code); m != nil {
		code, bad = m[1]+m[2], number(m[3])
	}
	m := call.FindStringSubmatch(code)
	if m == nil {
		fail(2, "this stand-in only runs commands, not "+code)
	}
	if m[2] == "adminCommand" {
		database = "admin"
	} else if m[1] != "" {
		database = m[1]
	}

	var result bson.M
	err := client.Database(database).RunCommand(ctx, document(m[3])).Decode(&result)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mongo:", err)
		os.Exit(bad)
	}
	if ends {
		os.Exit(good)
	}
	if m[4] != "" {
		fmt.Println(result["ok"])
		return
	}
	text, err := bson.MarshalExtJSON(result, false, false)
	if err != nil {
		fail(1, err.Error())
	}
	fmt.Println(string(text))
}

// document reads a command: its name in quotes, or a document in the loose form of JavaScript.
func document(text string) bson.D {
	if len(text) > 1 && strings.ContainsAny(text[:1], `'"`) {
		return bson.D{{Key: strings.Trim(text, `'"`), Value: 1}}
	}
	text = bareKey.ReplaceAllString(strings.ReplaceAll(text, "'", `"`), `$1"$2"$3`)
	var command bson.D
	if err := bson.UnmarshalExtJSON([]byte(text), false, &command); err != nil {
		fail(2, "cannot read the command: "+err.Error())
	}
	return command
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		fail(2, err.Error())
	}
	return n
}

func fail(code int, reason string) {
	fmt.Fprintln(os.Stderr, "mongo:", reason)
	os.Exit(code)
}
