package connect

import "github.com/spf13/cobra"

// Help is what a command does that only has others below it. It runs, so that a word it doesn't know is an error.
func Help(cmd *cobra.Command, _ []string) error { return cmd.Help() }
