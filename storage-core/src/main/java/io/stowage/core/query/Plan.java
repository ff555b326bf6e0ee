package io.stowage.core.query;

/**
 * How a query is answered.
 *
 * @param access how its candidates are found
 * @param isExact whether every candidate whose entry matches its record's version matches the
 *     filter
 * @param isOrdered whether candidates come in the order of the store
 */
record Plan(Access access, boolean isExact, boolean isOrdered) {}
