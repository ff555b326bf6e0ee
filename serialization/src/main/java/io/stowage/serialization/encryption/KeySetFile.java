package io.stowage.serialization.encryption;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes and changes key sets in files: what {@link io.stowage.api.KeyProvider#file} reads. A file
 * is made readable by its owner alone where the file system knows owners; a change keeps its owner,
 * group and mode, or is refused. It is replaced as a whole, so that no reader meets half of it. Two
 * changes of one file at the same time are not guarded against each other: the later one wins. No
 * failure says anything of a key but its id.
 */
public final class KeySetFile {

  /**
   * A key of a file.
   *
   * @param id what records name it by, 0 to 4294967295
   * @param isPrimary whether new data is encrypted with it
   * @param isEnabled whether it can be used
   */
  public record Key(long id, boolean isPrimary, boolean isEnabled) {}

  private KeySetFile() {}

  /**
   * Makes a file with one new key, which is primary.
   *
   * @return the key's id
   * @throws FileAlreadyExistsException if there is a file, which stays as it is
   * @throws IOException if it cannot be written
   */
  public static long create(Path path) throws IOException {
    KeysetHandle made =
        built(KeysetHandle.newBuilder().addEntry(newKey().makePrimary()), "a key cannot be made");
    OwnerFile.create(path, json(made));
    return KeySet.id(made.getPrimary());
  }

  /**
   * Adds a new key, with which is decrypted at first, but not encrypted.
   *
   * @return the key's id
   * @throws IllegalArgumentException if the file contains no valid key set
   * @throws IOException if it cannot be read or written
   */
  public static long add(Path path) throws IOException {
    KeysetHandle before = read(path);
    KeysetHandle after =
        built(KeysetHandle.newBuilder(before).addEntry(newKey()), "a key cannot be added");
    OwnerFile.replace(path, json(after));
    return KeySet.id(after.getAt(after.size() - 1));
  }

  /**
   * Makes a key the primary one.
   *
   * @throws IllegalArgumentException if there is no enabled key of that id, or no valid key set
   * @throws IOException if the file cannot be read or written
   */
  public static void promote(Path path, long id) throws IOException {
    KeysetHandle before = read(path);
    int at = position(before, path, id);
    if (before.getAt(at).getStatus() != KeyStatus.ENABLED) {
      throw new IllegalArgumentException(
          "key " + id + " of '" + path + "' is not enabled; only an enabled key can be primary");
    }
    KeysetHandle.Builder after = KeysetHandle.newBuilder(before);
    after.getAt(at).makePrimary();
    OwnerFile.replace(path, json(built(after, "key " + id + " cannot be made primary")));
  }

  /**
   * Removes a key. Whatever is encrypted with it and not re-encrypted is lost for good.
   *
   * @throws IllegalArgumentException if there is no key of that id, if it is the primary one, or if
   *     there is no valid key set
   * @throws IOException if the file cannot be read or written
   */
  public static void remove(Path path, long id) throws IOException {
    KeysetHandle before = read(path);
    int at = position(before, path, id);
    if (before.getAt(at).isPrimary()) {
      throw new IllegalArgumentException(
          "key " + id + " of '" + path + "' is the primary key; promote another one first");
    }
    KeysetHandle.Builder after = KeysetHandle.newBuilder(before).deleteAt(at);
    OwnerFile.replace(path, json(built(after, "key " + id + " cannot be removed")));
  }

  /**
   * The keys of a file in its order: the oldest first.
   *
   * @throws IllegalArgumentException if the file contains no valid key set
   * @throws IOException if it cannot be read
   */
  public static List<Key> list(Path path) throws IOException {
    KeysetHandle keys = read(path);
    List<Key> all = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      KeysetHandle.Entry entry = keys.getAt(i);
      all.add(new Key(KeySet.id(entry), entry.isPrimary(), entry.getStatus() == KeyStatus.ENABLED));
    }
    return List.copyOf(all);
  }

  private static KeysetHandle read(Path path) throws IOException {
    return KeySet.handle(Files.readAllBytes(path));
  }

  private static int position(KeysetHandle keys, Path path, long id) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      ids.add(KeySet.id(keys.getAt(i)));
    }
    int at = ids.indexOf(id);
    if (at < 0) {
      throw new IllegalArgumentException(
          "key " + id + " is not in '" + path + "', which has " + ids);
    }
    return at;
  }

  private static KeysetHandle.Builder.Entry newKey() {
    try {
      AeadConfig.register();
      return KeysetHandle.generateEntryFromParameters(
              AesGcmParameters.builder()
                  .setKeySizeBytes(KeySet.KEY_BYTES)
                  .setIvSizeBytes(KeySet.NONCE_BYTES)
                  .setTagSizeBytes(KeySet.TAG_BYTES)
                  .setVariant(AesGcmParameters.Variant.TINK)
                  .build())
          .withRandomId();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is missing in this JDK", e);
    }
  }

  private static KeysetHandle built(KeysetHandle.Builder builder, String problem) {
    try {
      return builder.build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(problem, e);
    }
  }

  private static byte[] json(KeysetHandle keys) {
    try {
      return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get())
          .getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key set cannot be written as JSON", e);
    }
  }
}
