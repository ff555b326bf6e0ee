package io.stowage.serialization.compression;

/** An optional library that an algorithm needs. */
public enum Library {
  /** Zstandard. */
  ZSTD("zstd", "com.github.luben:zstd-jni", "com.github.luben.zstd.Zstd"),
  /** LZ4. */
  LZ4("lz4", "at.yawk.lz4:lz4-java", "net.jpountz.lz4.LZ4Factory");

  private final String algorithm;
  private final String artifact;
  private final String className;

  Library(String algorithm, String artifact, String className) {
    this.algorithm = algorithm;
    this.artifact = artifact;
    this.className = className;
  }

  /** Whether it is on the class path. */
  public boolean present() {
    try {
      Class.forName(className, false, Library.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** What to say where it is missing. */
  String missing() {
    return "compression '" + algorithm + "' needs " + artifact + ", which is not on the class path";
  }

  /** What to say where its native part does not work on this machine. */
  String broken() {
    return "compression '" + algorithm + "': " + artifact + " cannot be loaded on this machine";
  }
}
