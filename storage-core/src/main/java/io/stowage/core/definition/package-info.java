/**
 * The definition of a store as it is kept beside the data: its text, the states through which an
 * index comes and goes, and {@link io.stowage.core.definition.LiveDefinition}, by which a process
 * works as the definition says now.
 */
@NullMarked
package io.stowage.core.definition;

import org.jspecify.annotations.NullMarked;
