package io.stowage.embedded.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * Unpacks the server that comes with the embedded-redis artifact into a cache below the user's
 * home. Any number of threads and JVMs may do so at once: the file appears under its name only when
 * it is whole, and one that is not what the artifact holds is replaced.
 */
final class BundledExecutable {

  private static final Map<OsArchitecture, String> RESOURCES =
      ExecutableProvider.newProvidedVersionsMap();

  /** What this JVM has checked already: reading and hashing megabytes once is enough. */
  private static final Set<Path> CHECKED = ConcurrentHashMap.newKeySet();

  private final Path cache;

  BundledExecutable(Path cache) {
    this.cache = cache;
  }

  /** The user's cache. */
  static Path defaultCache(Map<String, String> environment) {
    return UserCache.directory(environment).resolve("redis");
  }

  /** This platform, as in error messages. */
  static String platform() {
    return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
  }

  /** The artifact's resource for a platform, if it has one that this module can run. */
  static Optional<String> resource(String osName, String osArchitecture) {
    OsArchitecture key = key(osName, osArchitecture);
    return key == null ? Optional.empty() : Optional.ofNullable(RESOURCES.get(key));
  }

  private static @Nullable OsArchitecture key(String osName, String osArchitecture) {
    String os = osName.toLowerCase(Locale.ROOT);
    String architecture = osArchitecture.toLowerCase(Locale.ROOT);
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
    if (os.equals("linux")) {
      return arm
          ? OsArchitecture.UNIX_AARCH64
          : intel
              ? OsArchitecture.UNIX_x86_64
              : architecture.matches("x86|i[3-6]86") ? OsArchitecture.UNIX_x86 : null;
    }
    if (os.startsWith("mac")) {
      return arm ? OsArchitecture.MAC_OS_X_ARM64 : intel ? OsArchitecture.MAC_OS_X_x86_64 : null;
    }
    return null;
  }

  /**
   * The unpacked server for this platform.
   *
   * @throws EmbeddedRedisException if there is none, or the cache cannot be written
   */
  Path unpack() {
    String resource =
        resource(System.getProperty("os.name"), System.getProperty("os.arch"))
            .orElseThrow(
                () ->
                    new EmbeddedRedisException(
                        "The embedded-redis artifact has no server for " + platform()));
    Path file = cache.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    if (CHECKED.contains(file) && Files.isExecutable(file)) {
      return file;
    }
    try {
      byte[] content = read(resource);
      if (!isWhole(file, content)) {
        Files.createDirectories(cache);
        put(file, content);
      }
      CHECKED.add(file);
      return file;
    } catch (IOException e) {
      throw new EmbeddedRedisException(
          "Cannot unpack the bundled Redis to " + file + " (XDG_CACHE_HOME moves it): " + e, e);
    }
  }

  private static boolean isWhole(Path file, byte[] content) throws IOException {
    return Files.isExecutable(file)
        && Files.size(file) == content.length
        && digest(Files.readAllBytes(file)).equals(digest(content));
  }

  private static void put(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path written = Files.createTempFile(directory, "unpack-", ".part");
    Path part = Files.createTempFile(directory, "unpack-", ".part");
    try {
      Files.write(written, content);
      copy(written, part);
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
      Files.deleteIfExists(part);
    }
  }

  /**
   * Copies in a process of its own. What this JVM has open for writing is inherited for a moment by
   * whatever it starts, and a file that somebody can write to cannot be run ("Text file busy").
   */
  private static void copy(Path from, Path to) throws IOException {
    Process copying =
        new ProcessBuilder("cp", from.toString(), to.toString()).redirectErrorStream(true).start();
    try {
      copying.getOutputStream().close();
      String said = new String(copying.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (copying.waitFor() != 0) {
        throw new IOException("cp failed: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it was copied");
    } finally {
      copying.destroyForcibly();
    }
  }

  private static byte[] read(String resource) {
    try (InputStream in = ExecutableProvider.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new EmbeddedRedisException("The embedded-redis artifact lacks " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new EmbeddedRedisException("Cannot read " + resource + ": " + e, e);
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
