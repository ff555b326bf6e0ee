/** What tests of several packages share. */
@NullMarked
package io.stowage.system.support;

import org.jspecify.annotations.NullMarked;
