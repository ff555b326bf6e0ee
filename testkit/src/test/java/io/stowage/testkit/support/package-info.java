/** What tests of several packages share. */
@NullMarked
package io.stowage.testkit.support;

import org.jspecify.annotations.NullMarked;
