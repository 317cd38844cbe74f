/*
 * workers.c: the ring of batches and the threads around it.
 * Used by the pipeline.
 */
#include "pipe/workers.h"

#include <pthread.h>

#include "base/alloc.h"

/* Batches beyond one for each thread, so that a slow one holds nobody up. */
#define SPARE_BATCHES 2

enum state { OPEN, READY, TAKEN, DONE };

struct slot {
    enum state state;           /* under the lock */
    struct nf_batch batch;      /* of whoever's turn it is by the state */
};

struct thread {
    struct nf_workers *workers;
    unsigned number;
    pthread_t id;
};

struct nf_workers {
    struct nf_work work;
    struct slot *slot;
    size_t slots;
    size_t first, open;         /* batches counted from the start: the oldest unfinished one, and the open one */
    size_t next;                /* under the lock: the oldest that nobody took */
    bool stop;                  /* under the lock */
    struct thread *thread;      /* thread[0] is the calling one */
    unsigned count, started;
    pthread_mutex_t lock;
    pthread_cond_t ready, done;
};

struct nf_workers *nf_workers_new(unsigned count, const struct nf_work *work)
{
    struct nf_workers *workers = nf_alloc_zero(1, sizeof *workers);
    workers->work = *work;
    workers->count = count;
    workers->started = 1;
    workers->slots = count == 1 ? 1 : count + SPARE_BATCHES;
    workers->slot = nf_alloc_zero(workers->slots, sizeof *workers->slot);
    workers->thread = nf_alloc_zero(count, sizeof *workers->thread);
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->ready, NULL);
    pthread_cond_init(&workers->done, NULL);
    return workers;
}

static struct slot *slot_of(const struct nf_workers *workers, size_t number)
{
    return &workers->slot[number % workers->slots];
}

/* The oldest batch that nobody took, or NULL. The lock is held. */
static struct slot *take(struct nf_workers *workers)
{
    struct slot *slot = slot_of(workers, workers->next);
    if (slot->state != READY)
        return NULL;
    workers->next++;
    slot->state = TAKEN;
    return slot;
}

/* The lock is held before and after, not while the work is done. */
static void work_on(struct nf_workers *workers, unsigned worker, struct slot *slot)
{
    pthread_mutex_unlock(&workers->lock);
    workers->work.work(workers->work.context, worker, &slot->batch);
    pthread_mutex_lock(&workers->lock);
    slot->state = DONE;
    pthread_cond_signal(&workers->done);
}

static void *run(void *context)
{
    struct thread *thread = context;
    struct nf_workers *workers = thread->workers;
    pthread_mutex_lock(&workers->lock);
    while (!workers->stop) {
        struct slot *slot = take(workers);
        if (slot)
            work_on(workers, thread->number, slot);
        else
            pthread_cond_wait(&workers->ready, &workers->lock);
    }
    pthread_mutex_unlock(&workers->lock);
    return NULL;
}

/* A thread that cannot be had is done without. */
static void start_thread(struct nf_workers *workers)
{
    struct thread *thread = &workers->thread[workers->started];
    *thread = (struct thread){.workers = workers, .number = workers->started};
    if (pthread_create(&thread->id, NULL, run, thread) == 0)
        workers->started++;
    else
        workers->count = workers->started;
}

void nf_workers_free(struct nf_workers *workers)
{
    if (!workers)
        return;
    pthread_mutex_lock(&workers->lock);
    workers->stop = true;
    pthread_cond_broadcast(&workers->ready);
    pthread_mutex_unlock(&workers->lock);
    for (unsigned i = 1; i < workers->started; i++)
        pthread_join(workers->thread[i].id, NULL);
    for (size_t i = 0; i < workers->slots; i++)
        nf_batch_release(&workers->slot[i].batch);
    pthread_mutex_destroy(&workers->lock);
    pthread_cond_destroy(&workers->ready);
    pthread_cond_destroy(&workers->done);
    nf_free(workers->thread);
    nf_free(workers->slot);
    nf_free(workers);
}

struct nf_batch *nf_workers_open(struct nf_workers *workers)
{
    return &slot_of(workers, workers->open)->batch;
}

/* Until the oldest batch is done, work on whatever nobody took. */
static void await_oldest(struct nf_workers *workers, struct slot *oldest)
{
    pthread_mutex_lock(&workers->lock);
    while (oldest->state != DONE) {
        struct slot *slot = take(workers);
        if (slot)
            work_on(workers, 0, slot);
        else
            pthread_cond_wait(&workers->done, &workers->lock);
    }
    pthread_mutex_unlock(&workers->lock);
}

static enum nf_status finish_oldest(struct nf_workers *workers)
{
    struct slot *oldest = slot_of(workers, workers->first);
    await_oldest(workers, oldest);
    enum nf_status status = workers->work.finish(workers->work.context, &oldest->batch);
    nf_batch_reset(&oldest->batch);
    pthread_mutex_lock(&workers->lock);
    oldest->state = OPEN;
    pthread_mutex_unlock(&workers->lock);
    workers->first++;
    return status;
}

static bool is_done(struct nf_workers *workers, size_t number)
{
    pthread_mutex_lock(&workers->lock);
    bool done = slot_of(workers, number)->state == DONE;
    pthread_mutex_unlock(&workers->lock);
    return done;
}

enum nf_status nf_workers_submit(struct nf_workers *workers)
{
    enum nf_status status = NF_OK;
    size_t waiting = workers->open - workers->first;
    if (waiting && workers->started < workers->count)
        start_thread(workers);
    pthread_mutex_lock(&workers->lock);
    slot_of(workers, workers->open++)->state = READY;
    pthread_cond_signal(&workers->ready);
    pthread_mutex_unlock(&workers->lock);
    while (status == NF_OK && workers->first < workers->open
           && (workers->open - workers->first == workers->slots || is_done(workers, workers->first)))
        status = finish_oldest(workers);
    return status;
}

enum nf_status nf_workers_drain(struct nf_workers *workers)
{
    enum nf_status status = NF_OK;
    while (status == NF_OK && workers->first < workers->open)
        status = finish_oldest(workers);
    return status;
}
