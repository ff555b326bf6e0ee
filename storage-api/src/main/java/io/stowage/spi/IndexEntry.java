package io.stowage.spi;

/**
 * An entry of an index.
 *
 * @param term where it is
 * @param ref what it says
 */
public record IndexEntry(IndexTerm term, EntryRef ref) {}
