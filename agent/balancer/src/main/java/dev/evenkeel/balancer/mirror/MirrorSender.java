package dev.evenkeel.balancer.mirror;

/**
 * Sends copies of calls to mirrors, in the background. Never balanced by ourselves, and without any
 * library of the application. Thread-safe.
 */
public interface MirrorSender {
  /** Sends nothing: every copy that is due is dropped. */
  MirrorSender NONE =
      new MirrorSender() {
        private final MirrorBudget budget = new MirrorBudget(0, 0);

        @Override
        public MirrorBudget budget() {
          return budget;
        }

        @Override
        public boolean send(MirroredCall call) {
          return false;
        }
      };

  /** What all copies together may take. */
  MirrorBudget budget();

  /**
   * Takes a call to be sent, and returns at once. Called on threads of the application: it neither
   * locks nor waits.
   *
   * @return false if it takes no more now; then {@link MirroredCall#done} is the caller's to say
   */
  boolean send(MirroredCall call);
}
