package dev.evenkeel.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Answers every request with its name. */
public final class Server {
  private Server() {}

  /**
   * Runs until it is killed, and says on which port it listens.
   *
   * @param arguments the name, and the port on the loopback address
   */
  public static void main(String[] arguments) throws IOException {
    byte[] name = arguments[0].getBytes(StandardCharsets.UTF_8);
    int port = Integer.parseInt(arguments[1]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, name.length);
          exchange.getResponseBody().write(name);
          exchange.close();
        });
    server.start();
    System.out.println(arguments[0] + " listens on port " + server.getAddress().getPort());
  }
}
