package io.stowage.system.coding;

import io.stowage.api.Compression;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Every clause in memory, with the codec msgpack in every compression, plain and encrypted. */
@Tag("one-jdk")
@Tag("slow")
class MessagePackStorageContractTest {

  private static Coding plain(Compression compression, boolean hasDictionary) {
    return new Coding(Coding.codec("msgpack"), compression, hasDictionary, false);
  }

  private static Coding encrypted(Compression compression, boolean hasDictionary) {
    return new Coding(Coding.codec("msgpack"), compression, hasDictionary, true);
  }

  @Nested
  @Tag("full")
  class Uncompressed extends CodedStorageContract {
    Uncompressed() {
      super(plain(Compression.none(), false));
    }
  }

  @Nested
  @Tag("full")
  class Gzip extends CodedStorageContract {
    Gzip() {
      super(plain(Compression.gzip(), false));
    }
  }

  @Nested
  @Tag("full")
  class Zstd extends CodedStorageContract {
    Zstd() {
      super(plain(Compression.zstd(), false));
    }
  }

  @Nested
  @Tag("full")
  class ZstdWithDictionary extends CodedStorageContract {
    ZstdWithDictionary() {
      super(plain(Compression.zstd(), true));
    }
  }

  @Nested
  @Tag("full")
  class Lz4 extends CodedStorageContract {
    Lz4() {
      super(plain(Compression.lz4(), false));
    }
  }

  @Nested
  @Tag("full")
  class UncompressedEncrypted extends CodedStorageContract {
    UncompressedEncrypted() {
      super(encrypted(Compression.none(), false));
    }
  }

  @Nested
  @Tag("full")
  class GzipEncrypted extends CodedStorageContract {
    GzipEncrypted() {
      super(encrypted(Compression.gzip(), false));
    }
  }

  @Nested
  @Tag("full")
  class ZstdEncrypted extends CodedStorageContract {
    ZstdEncrypted() {
      super(encrypted(Compression.zstd(), false));
    }
  }

  @Nested
  class ZstdWithDictionaryEncrypted extends CodedStorageContract {
    ZstdWithDictionaryEncrypted() {
      super(encrypted(Compression.zstd(), true));
    }
  }

  @Nested
  @Tag("full")
  class Lz4Encrypted extends CodedStorageContract {
    Lz4Encrypted() {
      super(encrypted(Compression.lz4(), false));
    }
  }
}
