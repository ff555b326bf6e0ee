package io.stowage.adapter.redis.common.topology;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server whose answers a test makes: texts, numbers, lists, null, and errors as exceptions. */
final class FakeServer implements AutoCloseable {

  private final ServerSocket listener;
  private final Function<List<String>, @Nullable Object> answers;
  private final Queue<List<String>> calls = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  FakeServer(Function<List<String>, @Nullable Object> answers) {
    this.answers = answers;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "fake-server");
    thread.setDaemon(true);
    thread.start();
  }

  ServerAddress address() {
    return new ServerAddress("127.0.0.1", listener.getLocalPort());
  }

  /** What it was asked. */
  List<List<String>> calls() {
    return List.copyOf(calls);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        List<String> command = command(in);
        calls.add(command);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        write(answers.apply(command), answer);
        out.write(answer.toByteArray());
        out.flush();
      }
    } catch (IOException e) {
      open.remove(socket); // the client has gone, or this was closed
    }
  }

  private static List<String> command(InputStream in) throws IOException {
    int count = Integer.parseInt(line(in).substring(1));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = Integer.parseInt(line(in).substring(1));
      words.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      line(in);
    }
    return words;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void write(@Nullable Object answer, ByteArrayOutputStream out) {
    if (answer instanceof List<?> parts) {
      out.writeBytes(("*" + parts.size() + "\r\n").getBytes(StandardCharsets.UTF_8));
      parts.forEach(part -> write(part, out));
    } else if (answer instanceof Integer number) {
      out.writeBytes((":" + number + "\r\n").getBytes(StandardCharsets.UTF_8));
    } else if (answer == null) {
      out.writeBytes("$-1\r\n".getBytes(StandardCharsets.UTF_8));
    } else {
      byte[] text = answer.toString().getBytes(StandardCharsets.UTF_8);
      out.writeBytes(("$" + text.length + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(text);
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
