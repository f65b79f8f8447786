// Command trace shows what one order goes through: it owns a Jaeger and a Tiffin of its own on loopback, the order that it
// places, watches and cancels in it, and the trees that it prints. Its caller builds both programs before and stops this one.
// Which of the order's events are applied in one batch, and so what a view's spans link to, is not the same each time.
package main
