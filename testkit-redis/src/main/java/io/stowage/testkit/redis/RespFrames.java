package io.stowage.testkit.redis;

import io.stowage.embedded.redis.RespReader;
import io.stowage.testkit.fault.Framing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what clients and servers of Redis say to each other into whole commands, replies and pushes
 * of the protocols 2 and 3. It cannot look into TLS.
 */
public final class RespFrames implements Framing {

  @Override
  public byte @Nullable [] next(InputStream in) throws IOException {
    return new RespReader(in).readFrame();
  }

  /** The first word of a command, in capitals; otherwise what the frame begins with. */
  public static String name(byte[] frame) {
    // A command begins with *2 and $3, say, each on a line of its own.
    String[] lines = new String(frame, StandardCharsets.ISO_8859_1).split("\r\n", 4);
    return lines.length > 2 ? lines[2].toUpperCase(Locale.ROOT) : lines[0];
  }

  /** Whether a frame from a server answers no command. */
  public static boolean isPush(byte[] frame) {
    return frame[0] == '>';
  }
}
