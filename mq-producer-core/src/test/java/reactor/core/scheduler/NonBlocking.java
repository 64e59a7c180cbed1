package reactor.core.scheduler;

/** Stands for Reactor's interface of this name, which the producer knows by its name only. */
public interface NonBlocking {}
