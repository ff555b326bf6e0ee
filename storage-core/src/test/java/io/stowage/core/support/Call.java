package io.stowage.core.support;

/** The methods of the ports, by what they do. */
public enum Call {
  ADD_ENTRIES,
  REMOVE_ENTRIES,
  READ_ENTRIES,
  SIZES,
  INTERSECT,
  COMMIT,
  REMOVE,
  READ,
  VERSIONS,
  TOUCH,
  TTL,
  SCAN,
  DEFINITION,
  DEFINE,
  SERVER_TIME
}
