package dev.evenkeel.demo;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Calls {@code http://orders/} 60 times with each client for every line it reads, and counts who
 * answered.
 */
public final class Client {
  private Client() {}

  /** Ends with its standard input. */
  public static void main(String[] arguments) throws Exception {
    OkHttpClient okhttp = new OkHttpClient();
    Request request = new Request.Builder().url("http://orders/").build();
    try (CloseableHttpClient httpclient = HttpClients.createDefault();
        Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8)) {
      while (lines.hasNextLine()) {
        lines.nextLine();
        Map<String, Integer> byOkHttp = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
          try (var response = okhttp.newCall(request).execute()) {
            byOkHttp.merge(response.body().string(), 1, Integer::sum);
          }
        }
        Map<String, Integer> byHttpClient = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
          byHttpClient.merge(
              httpclient.execute(
                  new HttpGet("http://orders/"),
                  answer -> EntityUtils.toString(answer.getEntity())),
              1,
              Integer::sum);
        }
        System.out.println("OkHttp " + byOkHttp + "  HttpClient 5 " + byHttpClient);
      }
    }
  }
}
