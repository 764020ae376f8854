package dev.evenkeel.balancer.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Members that a test opens, closes, loads and slows down. */
final class FakeMembers implements Members<FakeMembers.Call>, Loads {
  final int[] weights;
  final boolean[] isOpen;
  final int[] inFlight;
  final ResponseTimes[] times;
  final TurnDebt[] debts;
  long typicalNanos;
  long nanos = TimeUnit.DAYS.toNanos(1);

  /** A call with a key, which remembers what it tried. */
  static final class Call {
    private final boolean[] tried;
    private final long key;

    Call(int members, long key) {
      tried = new boolean[members];
      this.key = key;
    }

    void hasTried(int member) {
      tried[member] = true;
    }
  }

  FakeMembers(int... weights) {
    this.weights = weights;
    isOpen = new boolean[weights.length];
    Arrays.fill(isOpen, true);
    inFlight = new int[weights.length];
    times = Stream.generate(ResponseTimes::new).limit(size()).toArray(ResponseTimes[]::new);
    debts = Stream.generate(TurnDebt::new).limit(size()).toArray(TurnDebt[]::new);
  }

  List<String> names() {
    return IntStream.range(0, size()).mapToObj(i -> "http://server-" + i + ":80").toList();
  }

  Call call(int number) {
    return new Call(size(), key("call " + number));
  }

  static long key(String text) {
    return Fnv1a.append(Fnv1a.START, text);
  }

  /** How often each member is picked for calls that end at once. */
  int[] tally(Strategy strategy, int calls) {
    int[] counts = new int[size()];
    for (int i = 0; i < calls; i++) {
      counts[strategy.pick(this, call(i))]++;
    }
    return counts;
  }

  /** A call that some member answers after a while. */
  void answers(int member, long millis) {
    times[member].begins(nanos);
    inFlight[member]++;
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    times[member].answered(TimeUnit.MILLISECONDS.toNanos(millis), nanos);
    inFlight[member]--;
  }

  @Override
  public int size() {
    return weights.length;
  }

  @Override
  public boolean isOpen(Call call, int member) {
    return isOpen[member] && !call.tried[member];
  }

  @Override
  public int openWeight(Call call, int member, int round) {
    return isOpen(call, member) ? weights[member] : 0;
  }

  @Override
  public boolean paysTurn(int member) {
    return debts[member].payOff();
  }

  @Override
  public long key(Call call) {
    return call.key;
  }

  @Override
  public int inFlight(int member) {
    return inFlight[member];
  }

  @Override
  public ResponseTimes times(int member) {
    return times[member];
  }

  @Override
  public long typicalNanos() {
    return typicalNanos;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
