package dev.evenkeel.it.okhttp;

import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/** Calls each URL of its standard input with one client, and says who answered. Stateless. */
public final class WaitingApplication {
  private WaitingApplication() {}

  public static void main(String[] args) {
    IsolatedApplication application = new IsolatedApplication();
    try (Scanner urls = new Scanner(System.in, StandardCharsets.UTF_8)) {
      while (urls.hasNextLine()) {
        System.out.println(application.apply(urls.nextLine()));
      }
    }
  }
}
