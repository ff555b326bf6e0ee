/** The JSON codec: items as plain compact UTF-8 JSON, by Jackson. */
@NullMarked
package io.stowage.serialization.json;

import org.jspecify.annotations.NullMarked;
