package io.stowage.serialization.encryption;

import io.stowage.spi.BlobPort;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pieces of data of one store, encrypted if the store encrypts. */
@SuppressWarnings("DoNotCallSuggester") // until it is written
public final class SealedBlobs {

  public SealedBlobs(String store, BlobPort blobs, @Nullable StoreCipher cipher) {}

  public Optional<byte[]> read(String name) {
    throw new UnsupportedOperationException();
  }

  public boolean add(String name, byte[] bytes) {
    throw new UnsupportedOperationException();
  }

  /** Encrypts a piece under the primary key, if there is one of that name. */
  public void reseal(String name) {
    throw new UnsupportedOperationException();
  }
}
