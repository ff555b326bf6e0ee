/** Planted: a domain that sees the ports and a client. */
@NullMarked
package io.stowage.system.kit.archunit.planted.app.domain;

import org.jspecify.annotations.NullMarked;
