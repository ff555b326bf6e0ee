package io.stowage.api;

/**
 * How far a long piece of work is.
 *
 * @param phase what is going on, such as {@code records}
 * @param done how much is done of this phase
 */
public record Progress(String phase, long done) {}
