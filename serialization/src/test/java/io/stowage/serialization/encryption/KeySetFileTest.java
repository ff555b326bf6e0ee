package io.stowage.serialization.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stowage.api.KeyProvider;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key sets in files, from the first key to the removal of an old one. */
class KeySetFileTest {

  @TempDir Path directory;
  private Path file;
  private long first;

  @BeforeEach
  void create() throws IOException {
    file = directory.resolve("keys.json");
    first = KeySetFile.create(file);
  }

  @Test
  void aKeySetIsRotated() throws IOException {
    StoreCipher cipher = StoreCipher.open(KeyProvider.file(file));
    byte[] sealed = cipher.encrypt(first, new byte[5], new byte[1]);

    long second = KeySetFile.add(file);
    assertThat(KeySetFile.list(file))
        .containsExactly(
            new KeySetFile.Key(first, true, true), new KeySetFile.Key(second, false, true));
    assertThat(cipher.renewedPrimaryKey()).isEqualTo(first);

    KeySetFile.promote(file, second);
    assertThat(KeySetFile.list(file))
        .containsExactly(
            new KeySetFile.Key(first, false, true), new KeySetFile.Key(second, true, true));
    assertThat(cipher.renewedPrimaryKey()).isEqualTo(second);
    assertThat(cipher.decrypt(first, sealed, new byte[1])).isEqualTo(new byte[5]);

    KeySetFile.remove(file, first);
    assertThat(KeySetFile.list(file)).containsExactly(new KeySetFile.Key(second, true, true));
    assertThat(files()).as("nothing is left behind").containsExactly(file);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }

  @Test
  void whoMayReadItMayReadItAfterAChange() throws IOException {
    assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    boolean mayGiveAway = view.getOwner().getName().equals("root");
    if (mayGiveAway) {
      UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
      view.setOwner(names.lookupPrincipalByName("4711"));
      view.setGroup(names.lookupPrincipalByGroupName("4712"));
    }
    PosixFileAttributes before = view.readAttributes();

    long added = KeySetFile.add(file);
    KeySetFile.promote(file, added);
    KeySetFile.remove(file, first);

    PosixFileAttributes after =
        Files.getFileAttributeView(file, PosixFileAttributeView.class).readAttributes();
    assertThat(PosixFilePermissions.toString(after.permissions())).isEqualTo("rw-r-----");
    assertThat(after.owner()).isEqualTo(before.owner());
    assertThat(after.group()).isEqualTo(before.group());
    assertThat(files()).as("nothing is left behind").containsExactly(file);
  }

  @Test
  void aLinkStaysALink() throws IOException {
    assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path link = Files.createSymbolicLink(directory.resolve("link.json"), file);

    KeySetFile.add(link);

    assertThat(link).isSymbolicLink();
    assertThat(KeySetFile.list(file)).hasSize(2);
  }

  @Test
  void whatAKilledProcessLeftIsReplaced() throws IOException {
    Files.writeString(directory.resolve("keys.json.new"), "half of");

    KeySetFile.add(file);

    assertThat(KeySetFile.list(file)).hasSize(2);
    assertThat(files()).containsExactly(file);
  }

  @Test
  void noFileIsOverwritten() throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> KeySetFile.create(file))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void whatCannotBeDoneIsRefusedAndChangesNothing() throws IOException {
    byte[] before = Files.readAllBytes(file);
    long unknown = first ^ 1;

    assertThatThrownBy(() -> KeySetFile.remove(file, first))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key " + first)
        .hasMessageContaining("is the primary key; promote another one first");
    assertThatThrownBy(() -> KeySetFile.remove(file, unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key " + unknown + " is not in '" + file + "', which has [" + first + "]");
    assertThatThrownBy(() -> KeySetFile.promote(file, unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("which has [" + first + "]");

    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aDisabledKeyIsNotPromoted() throws IOException {
    long second = KeySetFile.add(file);
    String two = Files.readString(file);
    Files.writeString(
        file,
        two.replaceFirst("\"primaryKeyId\"\\s*:\\s*\\d+", "\"primaryKeyId\":" + second)
            .replaceFirst("ENABLED", "DISABLED"));

    assertThat(KeySetFile.list(file))
        .containsExactly(
            new KeySetFile.Key(first, false, false), new KeySetFile.Key(second, true, true));
    assertThatThrownBy(() -> KeySetFile.promote(file, first))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not enabled");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path other = Files.writeString(directory.resolve("other.json"), "no key set");

    assertThatThrownBy(() -> KeySetFile.add(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key set is not valid: it cannot be read");
    assertThat(other).hasContent("no key set");
    assertThatThrownBy(() -> KeySetFile.list(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
