package dev.evenkeel.it.okhttp;

import okhttp3.OkHttpClient;

/** Says which module OkHttp is, and which server answers a URL. Stateless. */
public final class ModularApplication {
  private ModularApplication() {}

  public static void main(String[] args) {
    String module = OkHttpClient.class.getModule().getName();
    System.out.println(module + " " + new IsolatedApplication().apply(args[0]));
  }
}
