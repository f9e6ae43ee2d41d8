/** The kind of the machine that a queue is. */
export const QUEUE_KIND = 'sqs:queue';
/** How queues and their directory make themselves known to each other. */
export const SQS_SERVICE = 'sqs.amazonaws.com';
