package dev.tightship.dockerfile;

/**
 * A redirection of a shell command.
 *
 * @param descriptor the digit before it; -1 without one
 * @param operator {@code >}, {@code >>}, {@code >|}, {@code <}, {@code <>}, {@code >&}, {@code <&},
 *     and in bash {@code &>} and {@code &>>}
 * @param target a file, or after {@code >&} and {@code <&} a descriptor of one digit or {@code -}
 */
public record ShellRedirection(int descriptor, String operator, ShellWord target) {}
