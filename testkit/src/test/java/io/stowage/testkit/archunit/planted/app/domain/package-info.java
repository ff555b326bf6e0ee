/** Planted: a domain that sees the ports and a client. */
@NullMarked
package io.stowage.testkit.archunit.planted.app.domain;

import org.jspecify.annotations.NullMarked;
