package io.stowage.api;

/**
 * An item with the id and version under which it is stored.
 *
 * @param <T> the type of the item
 */
public record Versioned<T>(String id, Version version, T item) {}
