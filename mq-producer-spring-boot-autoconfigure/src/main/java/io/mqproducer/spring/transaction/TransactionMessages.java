package io.mqproducer.spring.transaction;

import io.mqproducer.PreparedMessage;
import io.mqproducer.exception.FailureReport;
import io.mqproducer.exception.MessageNotStoredException;
import io.mqproducer.message.FailureKind;
import io.mqproducer.message.TransactionState;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The messages of one transaction: in the order in which they were given, with the savepoints between them. Belongs to the thread
 * of the transaction; bound to it, under a key, while the transaction is not suspended.
 */
final class TransactionMessages implements TransactionSynchronization {

    private final Object key;
    private final AfterCommitSends sends;
    private final HalfMessageEnds ends;
    private final List<Member> members = new ArrayList<>();
    private final IdentityHashMap<Object, Integer> savepoints = new IdentityHashMap<>();
    private volatile boolean completing;
    private volatile boolean completed; // perhaps on another thread, as JTA does

    /** What becomes of something with the transaction. */
    private sealed interface Member {}

    private record Send(AfterCommitSend send) implements Member {}

    private record Half(PreparedMessage prepared) implements Member {}

    /** One without which the transaction must not commit. */
    private record Failed(String msgId, Throwable failure) implements Member {}

    TransactionMessages(Object key, AfterCommitSends sends, HalfMessageEnds ends) {
        this.key = key;
        this.sends = sends;
        this.ends = ends;
    }

    void add(AfterCommitSend send) {
        members.add(new Send(send));
    }

    void add(PreparedMessage prepared) {
        members.add(new Half(prepared));
    }

    /** The half message could not be recorded: it is dropped, and so must be all that the transaction did. */
    void addFailed(PreparedMessage prepared, Throwable failure) {
        members.add(new Failed(prepared.sendResult().msgId(), failure));
        ends.submit(prepared, TransactionState.ROLLBACK);
    }

    /** Whether it is too late for work in the transaction. */
    boolean isCompleting() {
        return completing;
    }

    boolean isCompleted() {
        return completed;
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResourceIfPossible(key);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(key, this);
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, members.size());
    }

    /** A savepoint that is not known was made before the first of the messages. */
    @Override
    public void savepointRollback(Object savepoint) {
        List<Member> undone = members.subList(savepoints.getOrDefault(savepoint, 0), members.size());
        end(List.copyOf(undone), TransactionState.ROLLBACK, "rolled back to a savepoint");
        undone.clear();
    }

    /**
     * Has the transaction rolled back if a half message could not be recorded, even if the application has gone on.
     *
     * @throws MessageNotStoredException no {@code TransactionException}: after one of those Spring does not roll back
     */
    @Override
    public void beforeCommit(boolean readOnly) {
        for (Member member : members) {
            if (member instanceof Failed failed) {
                throw new MessageNotStoredException(FailureReport.of(
                                FailureKind.ROLLED_BACK,
                                "the transaction is rolled back, because it could not be recorded for a half message of it: "
                                        + failed.failure().getMessage())
                        .withMsgId(failed.msgId())
                        .withCause(failed.failure()));
            }
        }
    }

    @Override
    public void beforeCompletion() {
        completing = true;
    }

    @Override
    public void afterCompletion(int status) {
        completed = true;
        if (TransactionSynchronizationManager.getResource(key) == this) {
            TransactionSynchronizationManager.unbindResource(key);
        }
        switch (status) {
            case STATUS_COMMITTED -> end(members, TransactionState.COMMIT, "");
            case STATUS_ROLLED_BACK -> end(members, TransactionState.ROLLBACK, "the transaction was rolled back");
            default ->
                end(
                        members,
                        TransactionState.UNKNOWN,
                        "it is not known whether the transaction has committed, so it counts as rolled back");
        }
        members.clear();
    }

    private void end(List<Member> these, TransactionState state, String why) {
        List<AfterCommitSend> after = new ArrayList<>();
        for (Member member : these) {
            if (member instanceof Send send) {
                after.add(send.send());
            } else if (member instanceof Half half && state != TransactionState.UNKNOWN) {
                ends.submit(half.prepared(), state);
            }
        }
        if (state == TransactionState.COMMIT) {
            sends.submit(after);
        } else {
            sends.fail(after, FailureKind.ROLLED_BACK, why + ", so the message was not sent", null);
        }
    }
}
