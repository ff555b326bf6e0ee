package io.stowage.core.support;

/** The methods of the ports, by what they do. */
public enum Call {
  ADD_ENTRIES,
  REMOVE_ENTRIES,
  READ_ENTRIES,
  SCORES,
  TERMS,
  SIZES,
  INTERSECT,
  COMMIT,
  APPLY,
  REMOVE,
  READ,
  VERSIONS,
  TOUCH,
  TTL,
  SCAN,
  DEFINITION,
  DEFINE,
  REDEFINE,
  ACQUIRE,
  RELEASE,
  SERVER_TIME,
  REPACK,
  READ_BLOB,
  ADD_BLOB,
  PUT_BLOB,
  REMOVE_BLOB
}
