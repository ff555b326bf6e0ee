package io.stowage.serialization.kryo;

/** What a reader makes of bytes. */
enum View {

  /** Objects of the classes that the bytes name. */
  ITEM,

  /** Maps of fields, whatever the classes are; none is looked for. */
  STRUCTURE,

  /** The values that documents have; classes are refused. */
  DOCUMENT
}
