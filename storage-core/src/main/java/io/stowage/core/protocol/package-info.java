/**
 * The staged write protocol: index entries are added, then the record is committed, then the
 * entries of the replaced record are retired, so that at every instant the current record's entries
 * are all present. {@link io.stowage.core.protocol.StagedWrite} decides, {@link
 * io.stowage.core.protocol.WriteProtocol} sends.
 */
@NullMarked
package io.stowage.core.protocol;

import org.jspecify.annotations.NullMarked;
