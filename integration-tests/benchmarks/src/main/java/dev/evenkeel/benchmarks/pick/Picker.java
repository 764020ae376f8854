package dev.evenkeel.benchmarks.pick;

import com.linecorp.armeria.common.loadbalancer.LoadBalancer;
import com.linecorp.armeria.common.loadbalancer.SimpleLoadBalancer;
import dev.evenkeel.balancer.turns.Tickets;
import dev.evenkeel.balancer.turns.WeightedTurns;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Who picks: the three weighted round robins that stand side by side. Immutable. */
enum Picker {
  EVENKEEL {
    @Override
    IntSupplier over(int[] weights) {
      Tickets tickets = new Tickets(0);
      WeightedTurns turns = WeightedTurns.of(weights, 0, 0);
      return () -> tickets.next(turns);
    }
  },
  ARMERIA {
    @Override
    IntSupplier over(int[] weights) {
      Integer[] servers = servers(weights);
      SimpleLoadBalancer<Integer> balancer = armeria(servers, weights);
      return () -> Objects.requireNonNull(balancer.pick());
    }
  },
  GRPC {
    @Override
    IntSupplier over(int[] weights) {
      Object scheduler = GrpcStride.scheduler(weights);
      return () -> GrpcStride.pick(scheduler);
    }
  };

  /** A fresh order of picks, each the index of a server. */
  abstract IntSupplier over(int[] weights);

  /** The method of {@link PickBenchmark} that times it. */
  String benchmark() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Boxed once, so that a pick boxes nothing. */
  static Integer[] servers(int[] weights) {
    return IntStream.range(0, weights.length).boxed().toArray(Integer[]::new);
  }

  static SimpleLoadBalancer<Integer> armeria(Integer[] servers, int[] weights) {
    return LoadBalancer.ofWeightedRoundRobin(List.of(servers), server -> weights[server]);
  }
}
