package dev.evenkeel.scenarios.app;

/** Says hello and lists its threads. */
public final class HelloWorld {
  private HelloWorld() {}

  public static void main(String[] arguments) {
    System.out.println("hello");
    Thread.getAllStackTraces()
        .keySet()
        .forEach(thread -> System.out.println("thread " + thread.getName()));
  }
}
