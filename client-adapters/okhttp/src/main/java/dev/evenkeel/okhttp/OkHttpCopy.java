package dev.evenkeel.okhttp;

/** The copy of OkHttp that this class was loaded for. Immutable. */
final class OkHttpCopy {
  static final Insides INSIDES = insides();

  private OkHttpCopy() {}

  private static Insides insides() {
    if (InsideType.exists("internal.connection.RoutePlanner")) {
      return new PlannerInsides();
    }
    return InsideType.exists("internal.connection.RealCall")
        ? new FinderInsides()
        : new TransmitterInsides();
  }
}
