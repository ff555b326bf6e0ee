/** Encryption of values with AES-256-GCM, and keyed hashes for blind indexes, by Tink. */
@NullMarked
package io.stowage.serialization.encryption;

import org.jspecify.annotations.NullMarked;
