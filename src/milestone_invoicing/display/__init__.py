"""What people read: money, dates and labels in their language, and aligned text."""
