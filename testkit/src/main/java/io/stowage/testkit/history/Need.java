package io.stowage.testkit.history;

/**
 * What must be stored at the moment at which a step takes effect.
 *
 * @param value the number of a value, where the kind speaks of one
 */
record Need(Kind kind, int value) {

  static final Need ANYTHING = new Need(Kind.ANYTHING, Values.ABSENT);
  static final Need NOTHING = new Need(Kind.NOTHING, Values.ABSENT);
  static final Need SOMETHING = new Need(Kind.SOMETHING, Values.ABSENT);
  static final Need UNNAMED = new Need(Kind.UNNAMED, Values.ABSENT);

  enum Kind {
    ANYTHING,
    NOTHING,
    SOMETHING,
    /** Exactly the value. */
    VALUE,
    /** Something, but not the value. */
    OTHER,
    /** A value whose version nobody was told: an answer had a version that belongs to no other. */
    UNNAMED
  }

  static Need value(int value) {
    return new Need(Kind.VALUE, value);
  }

  static Need otherThan(int value) {
    return new Need(Kind.OTHER, value);
  }

  boolean isValue(int other) {
    return kind == Kind.VALUE && value == other;
  }
}
