package dev.evenkeel.scenarios.app;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls it is told to on standard input, as {@code okhttp 6 http://orders/}, and prints a
 * line for each: status and the server's name, or the exception; then {@code done}. What is told as
 * {@code bean 1 FailOpenCount} prints an attribute of the agent's MBean instead.
 *
 * <p>With the argument {@code lazily} no client is made before it is called.
 */
public final class CallingApp {
  private @Nullable OkHttpClient okhttp;
  private @Nullable CloseableHttpClient httpclient;

  private CallingApp() {}

  public static void main(String[] arguments) {
    CallingApp app = new CallingApp();
    if (arguments.length == 0) {
      app.okhttp = new OkHttpClient();
      app.httpclient = HttpClients.createDefault();
    }
    System.out.println("ready");
    try (Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
      while (lines.hasNextLine()) {
        String[] words = lines.nextLine().split(" ", -1);
        for (int i = 0; i < Integer.parseInt(words[1]); i++) {
          System.out.println(app.call(words[0], words[2]));
        }
        System.out.println("done");
      }
    }
  }

  private String call(String client, String url) {
    try {
      return switch (client) {
        case "okhttp" -> callOkHttp(url);
        case "httpclient5" -> callHttpClient(url);
        case "httpclient4" -> HttpClient4.call(url);
        case "httpasyncclient4" -> HttpAsyncClient4.call(url);
        case "jdk-httpclient" -> Jdk.call(url);
        case "url-connection" -> callUrl(url);
        case "bean" -> bean(url);
        default -> throw new IllegalArgumentException("no client " + client);
      };
    } catch (Exception failed) {
      return failed.getClass().getName() + ": " + failed.getMessage();
    }
  }

  private static String bean(String attribute) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName agent = new ObjectName("dev.evenkeel:type=Agent");
    while (!beans.isRegistered(agent)) {
      Thread.onSpinWait();
    }
    return String.valueOf(beans.getAttribute(agent, attribute));
  }

  private String callOkHttp(String url) throws Exception {
    if (okhttp == null) {
      okhttp = new OkHttpClient();
    }
    try (var response = okhttp.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code() + " " + response.header("X-Server");
    }
  }

  private static String callUrl(String url) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    int status = connection.getResponseCode();
    try (InputStream body = connection.getInputStream()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
    return status + " " + connection.getHeaderField("X-Server");
  }

  private String callHttpClient(String url) throws Exception {
    if (httpclient == null) {
      httpclient = HttpClients.createDefault();
    }
    return httpclient.execute(
        new HttpGet(url),
        response -> {
          EntityUtils.consume(response.getEntity());
          return response.getCode() + " " + response.getFirstHeader("X-Server").getValue();
        });
  }

  /** A client that is made when it is first called: some tests have not got it. */
  private static final class HttpClient4 {
    private static final org.apache.http.impl.client.CloseableHttpClient CLIENT =
        org.apache.http.impl.client.HttpClients.createDefault();

    static String call(String url) throws Exception {
      try (var response = CLIENT.execute(new org.apache.http.client.methods.HttpGet(url))) {
        org.apache.http.util.EntityUtils.consume(response.getEntity());
        return response.getStatusLine().getStatusCode()
            + " "
            + response.getFirstHeader("X-Server").getValue();
      }
    }
  }

  /** As {@link HttpClient4}. */
  private static final class HttpAsyncClient4 {
    private static final org.apache.http.impl.nio.client.CloseableHttpAsyncClient CLIENT =
        org.apache.http.impl.nio.client.HttpAsyncClients.createDefault();

    static String call(String url) throws Exception {
      CLIENT.start();
      var response = CLIENT.execute(new org.apache.http.client.methods.HttpGet(url), null).get();
      return response.getStatusLine().getStatusCode()
          + " "
          + response.getFirstHeader("X-Server").getValue();
    }
  }

  /** A client that is made when it is first called: what others do to a JVM is tested without. */
  private static final class Jdk {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static String call(String url) throws Exception {
      HttpResponse<String> response =
          CLIENT.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
      return response.statusCode() + " " + response.headers().firstValue("X-Server").orElse("");
    }
  }
}
