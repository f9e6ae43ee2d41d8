export const BUS_KIND = 'eventbridge:bus';
