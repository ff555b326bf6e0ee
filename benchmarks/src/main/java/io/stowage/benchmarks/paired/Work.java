package io.stowage.benchmarks.paired;

/** A kind of work that is measured. */
enum Work {
  /** Documents are stored that were not there. */
  SAVE_NEW("save new"),

  /** Documents are stored over themselves; ends when the entries of the old versions are gone. */
  SAVE_OVER("save over"),

  /** Documents are read by their ids. */
  LOAD("load"),

  /** All documents of a session are listed by its index. */
  LIST("list 100");

  private final String label;

  Work(String label) {
    this.label = label;
  }

  /** Its name in tables and files. */
  String label() {
    return label;
  }
}
