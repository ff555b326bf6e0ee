package io.stowage.embedded.redis;

/**
 * The answer to a command that failed, as a value among others.
 *
 * @param text the reply without its minus sign: a code in capital letters, a space and a sentence
 */
public record RespError(String text) {}
