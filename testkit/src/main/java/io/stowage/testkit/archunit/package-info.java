/**
 * Architecture rules that an application, or an adapter of somebody's own, checks on its own
 * packages with ArchUnit: {@link io.stowage.testkit.archunit.StowageRules}.
 */
@NullMarked
package io.stowage.testkit.archunit;

import org.jspecify.annotations.NullMarked;
