package io.stowage.spi;

import io.stowage.api.Version;
import java.util.Optional;

/**
 * The form in which the values of one store are kept: turns what codecs wrote into payloads, and
 * back. It compresses and encrypts as the store's options say, and reads whatever the payload
 * names, so that payloads of all forms may stand side by side. Safe for use by many threads.
 */
public interface EnvelopePort {

  /**
   * The content in its stored form but for encryption. Done once for an item, however often its
   * write is tried.
   *
   * @throws SerializationException if the content is larger than the store allows
   */
  byte[] pack(Content content);

  /**
   * The payload of a record: what {@link #pack} made, encrypted if the store's options say so. The
   * store's name, the id and the version are bound to it: in another place it cannot be read.
   *
   * @throws SerializationException if there is no key to encrypt with
   */
  byte[] seal(byte[] packed, String id, Version version);

  /**
   * The content of a payload. Costs a round trip if it names a dictionary that this process has not
   * used yet.
   *
   * @throws SerializationException if the payload is damaged, is of a form that this process does
   *     not know, or belongs to another record, or its key or dictionary is not there
   */
  Content open(byte[] payload, String id, Version version);

  /**
   * How a payload was made.
   *
   * @throws SerializationException if it cannot be told
   */
  EnvelopeHeader header(byte[] payload);

  /**
   * Puts back what the store keeps beside its items and this process has used, where it is gone:
   * dictionaries, and the secret of blind indexes. For a server that lost data while the store is
   * open. A round trip for each of them, and one more for each that is gone.
   *
   * @throws SerializationException if there is no key to encrypt with
   */
  void restore();

  /**
   * Has replicas confirm what {@link #restore} puts back, whether it is there already or not. A
   * round trip for each piece, or two.
   *
   * @param confirmed the store's pieces of data, whose writes wait for replicas
   * @throws SerializationException if there is no key to encrypt with, or another piece is there
   */
  void confirm(BlobPort confirmed);

  /**
   * How many pieces of data beside the items this process has used so far; one that took the place
   * of another counts again. Costs nothing.
   */
  int pieces();

  /** The ability to train compression dictionaries, if it is there. */
  Optional<DictionaryPort> dictionaries();

  /** The keys of the store; empty if its options name none. */
  Optional<KeyPort> keys();
}
