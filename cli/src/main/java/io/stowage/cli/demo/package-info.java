/** The {@code demo} command: a tour of a store on a Redis that it starts, and kills, itself. */
@NullMarked
package io.stowage.cli.demo;

import org.jspecify.annotations.NullMarked;
